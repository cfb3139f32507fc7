using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Audit;

public sealed class Rule11AuditTests
{
    private static readonly Act Corrected = new(
        new PersonId(new Guid(7, 0, 0, new byte[8])), Instant.FromUtc(2026, 11, 9, 12, 0), "The robot was off from ten past.");

    private static readonly string[] Looks = ["Read", "Print", "Export", "Search", "Verify"];
    private static readonly string[] ChangesOfPermission = ["Assign", "Revoke", "Issue", "EndRoomLink"];

    public static TheoryData<Operation> Operations { get; } = [.. Enum.GetValues<Operation>()];

    public static TheoryData<Operation> AboutAPlan { get; } =
        [.. AccessTable.Rows.Where(row => row.Reach is Reach.Plan or Reach.Session).Select(row => row.Operation)];

    public static TheoryData<AuditKind> Kinds { get; } = [.. Enum.GetValues<AuditKind>()];

    [Theory, MemberData(nameof(AboutAPlan))]
    public void Each_look_at_or_change_of_a_plan_or_its_sessions_has_a_slug(Operation operation) =>
        Assert.NotNull(AuditedOperations.Find(operation));

    [Theory, MemberData(nameof(Operations))]
    public void For_each_operation_somebody_has_said_how_it_is_recorded(Operation operation) =>
        Assert.Null(Record.Exception(() => AuditedOperations.Find(operation)));

    [Fact]
    public void What_is_not_recorded_changes_nothing_and_is_about_no_pupil() =>
        Assert.All(
            AccessTable.Rows.Where(row => AuditedOperations.Find(row.Operation) is null),
            row => Assert.True(
                row.Operation.ToString().StartsWith("Read", StringComparison.Ordinal) && row.Reach is Reach.School, $"{row.Operation}"));

    [Theory, MemberData(nameof(Operations))]
    public void What_reads_is_recorded_as_a_look_and_nothing_else_is(Operation operation)
    {
        var isLook = Looks.Any(verb => operation.ToString().StartsWith(verb, StringComparison.Ordinal));

        Assert.Equal(isLook, (AuditedOperations.Find(operation)?.Kind ?? AuditKind.Look) is AuditKind.Look);
    }

    [Theory, MemberData(nameof(Operations))]
    public void Giving_and_ending_of_roles_and_links_are_changes_of_permission(Operation operation)
    {
        var isRole = ChangesOfPermission.Any(verb => operation.ToString().StartsWith(verb, StringComparison.Ordinal));

        Assert.Equal(isRole, AuditedOperations.Find(operation)?.Kind is AuditKind.PermissionChange);
    }

    /// <summary>What is done to a pupil's records though it is asked for at a school, or anywhere.</summary>
    private static readonly Operation[] AlsoAboutAPupil =
    [
        Operation.DraftPlan, Operation.AddPupil, Operation.PlaceLegalHold, Operation.LiftLegalHold, Operation.RaiseConcern,
    ];

    [Theory, MemberData(nameof(Operations))]
    public void Words_about_a_pupil_go_nowhere_from_where_they_can_not_be_erased(Operation operation)
    {
        if (AuditedOperations.Find(operation) is not { } slug) return;
        var changesRecords = slug.Kind is not (AuditKind.Look or AuditKind.PermissionChange or AuditKind.Enrolment or AuditKind.Join)
            && (AccessTable.Find(operation)!.Reach is Reach.Plan or Reach.Session || AlsoAboutAPupil.Contains(operation)); // in the table: AccessMatrixTests

        var detail = new AuditChange(slug, "plan 7", Corrected).ToEntry().Detail;

        Assert.Equal(changesRecords ? "why: kept with the record" : $"why: \"{Corrected.Why}\"", detail);
    }

    [Fact]
    public void Why_everything_on_a_pupil_was_erased_is_told_since_no_record_is_left_that_it_could_stay_with() =>
        Assert.Equal(
            $"why: \"{Corrected.Why}\"",
            new AuditChange(AuditedOperations.Find(Operation.ErasePupil)!, "pupil 7", Corrected).ToEntry().Detail); // it is recorded

    [Theory, MemberData(nameof(Kinds))]
    public void Each_kind_that_the_rule_names_has_slugs(AuditKind kind) => Assert.Contains(AllSlugs(), slug => slug.Kind == kind);

    [Fact]
    public void No_slug_names_two_things() => Assert.Equal(AllSlugs().Count, AllSlugs().Select(slug => slug.Value).Distinct().Count());

    [Theory]
    [InlineData("session.joined")]
    [InlineData("robot.enrolled")]
    [InlineData("robot.renewed")]
    [InlineData("robot.removed")]
    [InlineData("grant.given")]
    [InlineData("grant.refused")]
    [InlineData("grant.withheld")]
    [InlineData("token.issued")]
    [InlineData("code.made")]
    [InlineData("link.made")]
    public void The_names_in_old_entries_stay_known(string slug) => Assert.Contains(AuditSlugs.All, known => known.Value == slug);

    [Fact]
    public void A_correction_keeps_what_stood_there_before()
    {
        var entry = AuditChange.Correction(
            LedgerCorrected, "plan 7", Corrected, AuditedValue.Written("minutes", "2", "1")).Value.ToEntry();

        Assert.Equal("minutes: \"2\" → \"1\"; why: kept with the record", entry.Detail);
    }

    [Fact]
    public void A_correction_without_a_reason_is_refused() =>
        Assert.Equal("audit.why-missing", Assert.Single(AuditChange.Correction(
            LedgerCorrected, "plan 7", Corrected with { Why = " " }, AuditedValue.Written("minutes", "2", "1")).Refusals).Code);

    [Fact]
    public void A_correction_of_nothing_can_not_be_made() =>
        Assert.Throws<ArgumentException>(() => AuditChange.Correction(LedgerCorrected, "plan 7", Corrected));

    private static AuditSlug LedgerCorrected => AuditedOperations.Find(Operation.CorrectLedger)!; // it has one: the first test

    private static IReadOnlyList<AuditSlug> AllSlugs() =>
        [.. AuditSlugs.All, .. Enum.GetValues<Operation>().Select(AuditedOperations.Find).OfType<AuditSlug>()];
}
