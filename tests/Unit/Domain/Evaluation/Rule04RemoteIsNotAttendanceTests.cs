using System.Reflection;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Evaluation;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Evaluation;

public sealed class Rule04RemoteIsNotAttendanceTests
{
    private static readonly Type[] Attendance = [typeof(AttendanceFact), typeof(AttendanceFigures)];
    private static readonly Type[] Engagement = [typeof(EngagementFact), typeof(EngagementFigures), typeof(EngagementSum), typeof(StepTried), typeof(EngagementEntry), typeof(EngagementLedger)];

    [Fact]
    public void No_type_holds_attendance_and_engagement()
    {
        var both = typeof(AttendanceFact).Assembly.GetTypes()
            .Where(type => HeldBy(type) is var held && held.Overlaps(Attendance) && held.Overlaps(Engagement));

        Assert.Empty(both);
    }

    /// <summary>Or else the test above could not fail.</summary>
    [Fact]
    public void A_type_that_held_both_would_be_found()
    {
        var held = HeldBy(typeof(Both));

        Assert.True(held.Overlaps(Attendance) && held.Overlaps(Engagement));
    }

    [Fact]
    public void No_operation_takes_engagement_and_gives_attendance()
    {
        var makers = typeof(AttendanceFact).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => Parts(method.ReturnType).Intersect(Attendance).Any()
                && method.GetParameters().SelectMany(parameter => Parts(parameter.ParameterType)).Intersect(Engagement).Any());

        Assert.Empty(makers);
    }

    /// <summary>Everything that can be reached through fields, their generic arguments and their own fields.</summary>
    private static HashSet<Type> HeldBy(Type type)
    {
        HashSet<Type> held = [type];
        Stack<Type> next = new([type]);
        while (next.TryPop(out var one))
        {
            var fields = one.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).SelectMany(field => Parts(field.FieldType));
            foreach (var part in fields.Where(part => part.Namespace?.StartsWith("AV1Relay", StringComparison.Ordinal) == true && held.Add(part)))
                next.Push(part);
        }

        return held;
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsArray && type.GetElementType() is { } element ? Parts(element) : type.GetGenericArguments().SelectMany(Parts).Append(type);

    private sealed record Both(List<AttendanceFact> Attended, Dictionary<int, EngagementSum> Sums);
}
