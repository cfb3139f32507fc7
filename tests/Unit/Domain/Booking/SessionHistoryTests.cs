using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

public sealed class SessionHistoryTests
{
    private static readonly SessionHistory Booked = new(By(At(8, 0)));
    private static readonly SessionHistory Agreed = Booked with { Agreements = [PupilSaysYes] };
    private static readonly SessionHistory Ready = Agreed with { Placement = new RobotPlacement(By(At(10, 0))) };
    private static readonly SessionHistory Live = Ready with { Joins = [new DeviceJoin("tablet-1", At(10, 6))] };
    private static readonly SessionHistory Ended = Live with { End = new SessionEnd(At(10, 30), new EndedBy.Pupil(Early: false)) };

    private static readonly Dictionary<string, SessionHistory> Impossible = new()
    {
        ["over in two ways"] = Booked with { Declined = PupilSaysNo, Cancelled = By(At(9, 0)) },
        ["another pupil's agreement"] = Booked with { Agreements = [PupilSaysYes with { Who = OtherPupil.ToString() }] },
        ["an agreement to another session"] = Booked with { Agreements = [PupilSaysYes with { To = new AgreedTo.Session(Id(2)) }] },
        ["agreed twice"] = Booked with { Agreements = [PupilSaysYes, PupilSaysYes] },
        ["placed and not agreed"] = Booked with { Placement = new RobotPlacement(By(At(10, 0))) },
        ["live and not placed"] = Agreed with { Joins = Live.Joins },
        ["ended and never live"] = Ready with { End = Ended.End },
        ["reflected and not ended"] = Live with { Reflections = [new Reflection.OfPupil(Pupil, At(11, 0))] },
        ["another pupil's reflection"] = Ended with { Reflections = [new Reflection.OfPupil(OtherPupil, At(11, 0))] },
        ["a parent's yes taken back by the pupil"] = Ended with { End = new SessionEnd(At(10, 30), new EndedBy.Parent(PupilSaysNo)) },
        ["live and cancelled"] = Live with { Cancelled = By(At(10, 10)) },
        ["paused and never live"] = Ready with { Pauses = [new Pause(PauseReason.Curtain, At(10, 0), At(10, 1))] },
        ["put off by nothing"] = Live with { Extensions = [new Extension(Duration.Zero, By(At(10, 10)))] },
        ["a pause that runs backwards"] = Live with { Pauses = [new Pause(PauseReason.Curtain, At(10, 10), At(10, 9))] },
        ["one pause twice open"] = Live with { Pauses = [new Pause(PauseReason.Curtain, At(10, 10)), new Pause(PauseReason.Curtain, At(10, 11))] },
        ["ended within a pause"] = Ended with { Pauses = [new Pause(PauseReason.Curtain, At(10, 10))] },
    };

    public static TheoryData<string> WhatCanNotHaveHappened() => [.. Impossible.Keys];

    [Theory]
    [MemberData(nameof(WhatCanNotHaveHappened))]
    public void A_session_is_not_rebuilt_from_what_can_not_have_happened(string what) =>
        Assert.Throws<ArgumentException>(() => new ScheduledSession(Id(1), Use(), Impossible[what]));

    [Fact]
    public void A_session_is_rebuilt_in_the_state_that_its_history_says()
    {
        SessionHistory[] life = [Booked, Agreed, Ready, Live, Ended, Ended with { Reflections = [new Reflection.OfPupil(Pupil, At(11, 0))] }];

        Assert.Equal(
            [SessionState.Proposed, SessionState.Agreed, SessionState.Ready, SessionState.Live, SessionState.Ended, SessionState.Reflected],
            life.Select(history => new ScheduledSession(Id(1), Use(), history).State));
    }

    [Fact]
    public void A_session_id_is_that_of_a_scheduled_session_everywhere()
    {
        var id = new ScheduledSessionId(Guid.Parse("0F8FAD5B-D9CB-469F-A165-70867728950E"));

        Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", id.ToSessionId().Value);
        Assert.False(id.ToSessionId().IsAdHoc);
    }
}
