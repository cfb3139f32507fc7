using System.Reflection;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Overview;

/// <summary>What is printed ends in logs: a record that tells of people prints its name and no more.</summary>
public sealed class PersonalWordsAreNotPrintedTests
{
    private static readonly string?[] Namespaces =
        [typeof(SaidNo).Namespace, typeof(PupilDevice).Namespace, typeof(EngagementFact).Namespace, typeof(EngagementEntry).Namespace, typeof(Need).Namespace];

    private static readonly Type[] Personal = [typeof(Act), typeof(Agreement), typeof(PupilId), typeof(PersonId), typeof(Pseudonym), typeof(Step)];
    private static readonly string[] Words = ["Words", "Who", "Why", "What", "Reason", "NextStep", "ClosedBecause", "OutOfServiceBecause"];

    [Fact]
    public void A_record_that_tells_of_people_prints_only_its_name() => Assert.DoesNotContain(
        typeof(SaidNo).Assembly.GetTypes(), type => Namespaces.Contains(type.Namespace) && PrintsItsMembers(type) && Tells(type));

    /// <summary>Or else the test above could not fail.</summary>
    [Fact]
    public void A_record_that_told_would_be_found() => Assert.True(PrintsItsMembers(typeof(Telling)) && Tells(typeof(Telling)));

    [Fact]
    public void Words_of_a_no_are_not_printed() => Assert.Equal("SaidNo", $"{Booking.Bookable.PupilSaysNo with { Words = "Too loud" }}");

    private static bool Tells(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(property =>
        Personal.Contains(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
        || (property.PropertyType == typeof(string) && Words.Contains(property.Name)));

    // The compiler writes PrintMembers into each record; what it is used by is the ToString that the compiler writes too.
    private static bool PrintsItsMembers(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null
        && type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute));

    private sealed record Telling(string Words);
}
