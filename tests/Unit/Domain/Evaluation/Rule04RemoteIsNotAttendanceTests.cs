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
        Assert.Empty(typeof(AttendanceFact).Assembly.GetTypes().SelectMany(type => MakersIn(type, Attendance, Engagement)));
    }

    /// <summary>Or else the test above could not fail.</summary>
    [Theory]
    [InlineData(typeof(Day))]
    [InlineData(typeof(Minutes))]
    [InlineData(typeof(Both))]
    public void A_constructor_an_instance_method_and_a_static_one_that_did_would_be_found(Type type) =>
        Assert.NotEmpty(MakersIn(type, [typeof(Day)], [typeof(Minutes)]));

    /// <summary>A constructor makes its own type; an instance method takes its own.</summary>
    private static IEnumerable<MethodBase> MakersIn(Type type, Type[] made, Type[] taken)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetMethods(all).Concat<MethodBase>(type.GetConstructors(all)).Where(method =>
        {
            var parameters = method.GetParameters().SelectMany(parameter => Parts(parameter.ParameterType)).ToList();
            var results = method is MethodInfo { ReturnType: var returned } ? Parts(returned) : [type];
            return results.Intersect(made).Any() && (method is MethodInfo { IsStatic: false } ? parameters.Append(type) : parameters).Intersect(taken).Any();
        });
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
        type.HasElementType && type.GetElementType() is { } element ? Parts(element) : type.GetGenericArguments().SelectMany(Parts).Append(type);

    private sealed record Both(List<AttendanceFact> Attended, Dictionary<int, EngagementSum> Sums)
    {
        public static Day? Make(List<Minutes> minutes) => minutes.Count > 0 ? new Day(minutes[0]) : null;
    }

    private sealed class Day(Minutes minutes)
    {
        public Minutes From => minutes;
    }

    private sealed class Minutes
    {
        public Day ToDay() => new(this);
    }
}
