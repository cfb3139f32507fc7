using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Contacts;

public sealed class ContactLogTests
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly PersonId KeyAdult = new(Guid.Parse("00000000-0000-0000-0000-000000000001"));
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 14, 12, 0);
    private static readonly Contact Call = new(Id(1), KeyAdult, ContactWith.Parent, Now - Duration.FromHours(2), ContactManner.Call, "Spoke about Monday.", new(2026, 1, 21));
    private static readonly ContactLog Empty = new(new PupilId(Guid.Empty), new LocalDate(2026, 1, 12), []);

    [Fact]
    public void Before_the_first_contact_the_agreed_first_day_is_due() => Assert.True(Empty.IsOverdueOn(new LocalDate(2026, 1, 13)));

    [Fact]
    public void An_entry_says_when_the_next_one_is_due() => Assert.Equal(new LocalDate(2026, 1, 21), Empty.Enter(Call, Now, London).Value.NextDue);

    [Fact]
    public void On_its_day_a_contact_is_not_overdue_yet() => Assert.False(Empty.Enter(Call, Now, London).Value.IsOverdueOn(new LocalDate(2026, 1, 21)));

    [Fact]
    public void A_contact_entered_late_does_not_move_the_next_one_back()
    {
        var earlier = Call with { Id = Id(2), At = Call.At - Duration.FromDays(5), NextDue = new(2026, 1, 15) };

        var log = Empty.Enter(Call, Now, London).Value.Enter(earlier, Now, London).Value;

        Assert.Equal(new LocalDate(2026, 1, 21), log.NextDue);
    }

    [Fact]
    public void A_contact_that_has_not_taken_place_is_not_entered()
        => Assert.Equal("contact.in-future", Empty.Enter(Call with { At = Now + Duration.FromMinutes(1) }, Now, London).Refusals[0].Code);

    [Fact]
    public void The_next_contact_comes_after_this_one()
        => Assert.Equal("contact.next-due", Empty.Enter(Call with { NextDue = new(2026, 1, 14) }, Now, London).Refusals[0].Code);

    [Fact]
    public void A_correction_keeps_the_original()
    {
        var corrected = Empty.Enter(Call, Now, London).Value.Correct(Call.Id, "Spoke about Tuesday.", new(2026, 1, 20), new Act(KeyAdult, Now, "wrong day")).Value;

        Assert.Equal(("Spoke about Monday.", "Spoke about Tuesday."), (corrected.Entries[0].Note, corrected.Entries[0].NoteNow));
    }

    [Fact]
    public void A_correction_moves_what_is_due()
        => Assert.Equal(
            new LocalDate(2026, 1, 20),
            Empty.Enter(Call, Now, London).Value.Correct(Call.Id, Call.Note, new(2026, 1, 20), new Act(KeyAdult, Now)).Value.NextDue);

    [Fact]
    public void Overdue_contacts_are_listed_longest_first()
    {
        var later = new ContactLog(new PupilId(Guid.Parse("00000000-0000-0000-0000-000000000009")), new LocalDate(2026, 1, 13), []);
        var inTime = Empty.Enter(Call, Now, London).Value;

        Assert.Equal([Empty, later], ContactLog.Overdue([inTime, later, Empty], new LocalDate(2026, 1, 20)));
    }

    private static ContactId Id(byte number) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
}
