using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Audit;

/// <summary>What was written into the audit is read again as what changed and why, for those who may.</summary>
public sealed class AuditDetailTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 11, 9, 8, 0);

    [Fact]
    public void Old_and_new_values_and_the_reason_come_back_as_they_were()
    {
        var change = new AuditChange(
            AuditedOperations.Find(Operation.ChangeAuthoritySettings)!, "settings", new Act(new PersonId(Guid.NewGuid()), At, "Asked; for \"two\" → by the county\n\\ today"),
            AuditedValue.Written("due days", "7", "10; or → more"), AuditedValue.Written("source", null, "a \"paper\""));

        var detail = AuditDetail.Read(change.ToEntry().Detail);

        Assert.Equal([new("due days", "7", "10; or → more"), new("source", "nothing", "a \"paper\"")], detail.Values);
        Assert.Equal("Asked; for \"two\" → by the county \\ today", detail.Why);
        Assert.Empty(detail.Words);
    }

    [Theory]
    [InlineData("")]
    [InlineData("until 2026-11-09T10:00:00Z")]
    [InlineData("ReadPlan")]
    [InlineData("a: b")]
    [InlineData("\"half a quotation")]
    [InlineData("ends with \\")]
    public void What_is_no_list_of_values_stays_as_it_is(string written) => Assert.Equal(written, AuditDetail.Read(written).Words);

    [Fact]
    public void That_a_concern_was_raised_is_hidden_and_changes_of_a_pupils_records_are_left_out_for_who_does_not_read_them()
    {
        var entry = new AuditEntry(At, "person x", "plan.changed", "plan x", "goal: version 1 → version 2");
        var settings = entry with { What = "settings.authority-changed" };

        Assert.Equal(["safeguarding.concern-raised"], AuditReading.Hidden(new Permission(LeftOut.Concerns)));
        Assert.Empty(AuditReading.Hidden(new Permission(LeftOut.Nothing)));
        Assert.Null(AuditReading.DetailOf(entry, new Permission(LeftOut.PlanContents)));
        Assert.NotNull(AuditReading.DetailOf(entry, new Permission(LeftOut.Concerns)));
        Assert.NotNull(AuditReading.DetailOf(settings, new Permission(LeftOut.PlanContents)));
    }

    [Fact]
    public void Each_kind_has_names_and_each_name_one_kind()
    {
        Assert.All(Enum.GetValues<AuditKind>(), kind => Assert.NotEmpty(AuditKinds.Of(kind)));
        Assert.Equal(AuditKind.Look, AuditKinds.Find("plan.read")?.Kind);
        Assert.Null(AuditKinds.Find("sample.seeded"));
    }
}
