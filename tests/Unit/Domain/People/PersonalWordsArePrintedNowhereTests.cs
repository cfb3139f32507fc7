using System.Reflection;
using System.Runtime.CompilerServices;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Attend;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Registers;
using AV1Relay.Domain.Safeguarding;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.People;

/// <summary>Domain rule 13: a log line or an exception that prints a record must not print what people said.</summary>
public sealed class PersonalWordsArePrintedNowhereTests
{
    private static readonly string[] Folders =
        ["Agreements", "Arrangements", "Attend", "Contacts", "People", "Privacy", "Referrals", "Registers", "Safeguarding"];

    private static readonly Type[] Harmless =
    [
        typeof(ArrangementLimits), // where the local authority publishes its limits
        typeof(AttendQuestion), // the authority's words, the same for everybody
        typeof(AttendSection), // the authority's words, the same for everybody
        typeof(AttendTemplate), // the authority's words, the same for everybody
        typeof(DeletionEvidence), // the rule, never whose or what
        typeof(RecordFacts), // a slug of the kind of record
        typeof(RegisterCode), // from the school year's rules
        typeof(RegisterCodeRow), // from the school year's rules
        typeof(HandOver), // words of ours, the same for everybody
    ];

    [Fact]
    public void A_record_with_words_prints_none_of_them()
        => Assert.Empty(RecordsWithStrings().Where(PrintsItsMembers).Except(Harmless).Select(type => type.Name));

    [Fact]
    public void What_is_called_harmless_is_a_record_with_words()
        => Assert.Empty(Harmless.Except(RecordsWithStrings().Where(PrintsItsMembers)).Select(type => type.Name));

    [Fact]
    public void A_reason_is_not_printed() => Assert.Equal("Act", new Act(default, default, "Zebedee").ToString());

    private static IEnumerable<Type> RecordsWithStrings() => typeof(Act).Assembly.GetTypes()
        .Where(type => Folders.Contains(type.Namespace?.Split('.')[^1]))
        .Where(type => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null)
        .Where(type => type.GetProperties().Any(property => property.PropertyType == typeof(string)));

    private static bool PrintsItsMembers(Type record)
        => record.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false); // not null: every type has one
}
