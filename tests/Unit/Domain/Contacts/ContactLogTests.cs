using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Contacts;

public sealed class ContactLogTests
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly PersonId KeyAdult = new(Guid.Parse("00000000-0000-0000-0000-000000000001"));
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 14, 12, 0);
    private static readonly Contact Call = new(Id(1), KeyAdult, ContactWith.Parent, Now - Duration.FromHours(2), ContactManner.Call, "Spoke about Monday.", new(2026, 1, 21), new Act(KeyAdult, Now));
    private static readonly ContactCorrection Correction = new("Spoke about Tuesday.", new(2026, 1, 20), new Act(KeyAdult, Now, "wrong day"));
    private static readonly ContactLog Empty = new(new PupilId(Guid.Empty), new LocalDate(2026, 1, 12), []);

    [Fact]
    public void Before_the_first_contact_the_agreed_first_day_is_due() => Assert.True(Empty.IsOverdueOn(new LocalDate(2026, 1, 13)));

    [Fact]
    public void An_entry_says_when_the_next_one_is_due() => Assert.Equal(new LocalDate(2026, 1, 21), Empty.Enter(Call, London).Value.NextDue);

    [Fact]
    public void On_its_day_a_contact_is_not_overdue_yet() => Assert.False(Empty.Enter(Call, London).Value.IsOverdueOn(new LocalDate(2026, 1, 21)));

    [Fact]
    public void A_contact_entered_late_does_not_move_the_next_one_back()
    {
        var earlier = Call with { Id = Id(2), At = Call.At - Duration.FromDays(5), NextDue = new(2026, 1, 15) };

        var log = Empty.Enter(Call, London).Value.Enter(earlier, London).Value;

        Assert.Equal(new LocalDate(2026, 1, 21), log.NextDue);
    }

    [Fact]
    public void A_contact_that_has_not_taken_place_is_not_entered()
        => Assert.Equal("contact.in-future", Empty.Enter(Call with { At = Now + Duration.FromMinutes(1) }, London).Refusals[0].Code);

    [Fact]
    public void The_next_contact_comes_after_this_one()
        => Assert.Equal("contact.next-due", Empty.Enter(Call with { NextDue = new(2026, 1, 14) }, London).Refusals[0].Code);

    [Fact]
    public void What_is_said_to_an_entry_stands_at_it_and_no_other()
    {
        var log = Empty.Enter(Call, London).Value;
        var comment = Comment.Write(new CommentId(Guid.NewGuid()), new(Guid.NewGuid()), Call.Id, "It helped.", new Act(KeyAdult, Now)).Value;

        Assert.Equal([comment], log.Say(Call.Id, comment).Value.Find(Call.Id)?.Comments);
        Assert.Equal("contact.unknown", log.Say(Id(9), comment).Refusals[0].Code);
        Assert.Throws<ArgumentException>(() => Empty.Enter(Call with { Id = Id(2) }, London).Value.Say(Id(2), comment));
    }

    [Fact]
    public void An_entry_holds_so_many_comments_and_no_more()
    {
        var log = Empty.Enter(Call, London).Value;
        for (var number = 0; number < ContactLog.MostComments; number++) log = log.Say(Call.Id, Said()).Value;

        Assert.Equal("contact.too-many-comments", log.Say(Call.Id, Said()).Refusals[0].Code);

        static Comment Said() => Comment.Write(new CommentId(Guid.NewGuid()), new(Guid.NewGuid()), Call.Id, "Yes.", new Act(KeyAdult, Now)).Value;
    }

    [Fact]
    public void A_correction_keeps_the_original()
    {
        var corrected = Empty.Enter(Call, London).Value.Correct(Call.Id, Correction, London).Value;

        Assert.Equal(("Spoke about Monday.", "Spoke about Tuesday."), (corrected.Entries[0].Note, corrected.Entries[0].NoteNow));
    }

    [Fact]
    public void A_correction_moves_what_is_due()
        => Assert.Equal(
            new LocalDate(2026, 1, 20),
            Empty.Enter(Call, London).Value.Correct(Call.Id, Correction, London).Value.NextDue);

    [Fact]
    public void Overdue_contacts_are_listed_longest_first()
    {
        var later = new ContactLog(new PupilId(Guid.Parse("00000000-0000-0000-0000-000000000009")), new LocalDate(2026, 1, 13), []);
        var inTime = Empty.Enter(Call, London).Value;

        Assert.Equal([Empty, later], ContactLog.Overdue([inTime, later, Empty], new LocalDate(2026, 1, 20)));
    }

    [Fact]
    public void A_contact_without_a_note_is_not_entered()
        => Assert.Equal(["contact.note-missing"], Codes(Empty.Enter(Call with { Note = " " }, London)));

    [Fact]
    public void A_correction_says_something()
        => Assert.Equal(["contact.note-missing"], Codes(Empty.Enter(Call, London).Value.Correct(Call.Id, Correction with { Note = "" }, London)));

    [Fact]
    public void A_corrected_contact_still_comes_before_the_next_one()
        => Assert.Equal(["contact.next-due"], Codes(Empty.Enter(Call, London).Value.Correct(Call.Id, Correction with { NextDue = new(2026, 1, 14) }, London)));

    [Fact]
    public void What_was_not_entered_is_not_corrected() => Assert.Equal(["contact.unknown"], Codes(Empty.Correct(Call.Id, Correction, London)));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
        => Assert.Equal(
            ["contact.note-missing", "contact.next-due", "contact.in-future"],
            Codes(Empty.Enter(Call with { Note = "", At = Now + Duration.FromMinutes(1), NextDue = new(2026, 1, 14) }, London)));

    [Fact]
    public void Confidential_contacts_are_left_out() => Assert.Empty(Empty.Enter(Call with { IsConfidential = true }, London).Value.View().Entries);

    [Fact]
    public void Confidential_contacts_are_there_for_who_asks_for_them_on_purpose()
        => Assert.Single(Empty.Enter(Call with { IsConfidential = true }, London).Value.View(withConfidential: true).Entries);

    [Fact]
    public void A_contact_can_be_marked_confidential_later()
        => Assert.Empty(Empty.Enter(Call, London).Value.Correct(Call.Id, Correction with { IsConfidential = true }, London).Value.View().Entries);

    [Fact]
    public void What_was_confidential_stays_so_as_its_words_are_kept()
        => Assert.Empty(Empty.Enter(Call with { IsConfidential = true }, London).Value.Correct(Call.Id, Correction, London).Value.View().Entries);

    [Theory]
    [InlineData(true, "Spoke about Monday.")]
    [InlineData(false, "")]
    public void It_is_not_rebuilt_with_an_entry_from_the_future_or_an_empty_one(bool isFuture, string note)
        => Assert.Throws<ArgumentException>(
            () => new ContactLog(Empty.Pupil, Empty.FirstDue, [Call with { Note = note, At = isFuture ? Now + Duration.Epsilon : Call.At }]));

    /// <summary>Who spoke face to face, called or wrote did so in either: only a page is no contact.</summary>
    [Fact]
    public void Whatever_way_somebody_agrees_in_words_is_a_way_of_contact()
        => Assert.Equal([nameof(AgreementManner.Page)], Enum.GetNames<AgreementManner>().Except(Enum.GetNames<ContactManner>()));

    private static IEnumerable<string> Codes(Outcome<ContactLog> outcome) => outcome.Refusals.Select(refusal => refusal.Code);

    private static ContactId Id(byte number) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
}
