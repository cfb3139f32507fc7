using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Robots;
using NodaTime;

namespace AV1Relay.Application.Sample;

/// <summary>What became of an invented session by now: the same methods as in life, called at the times at which somebody would have.</summary>
internal static class SampleSessions
{
    private static readonly SessionRules Rules = SessionRules.Default;

    public static ScheduledSession Live(SampleRandom random, ScheduledSession session, PersonId parent, Instant now)
    {
        var window = session.Window;
        if (now < window.Start - Rules.ReadyBefore) return ToCome(random, session, parent);
        if (now < window.Start) return random.Chance(0.7) ? Placed(Agreed(session, parent)) : Agreed(session, parent);
        return now < window.End ? Running(random, session, parent, now) : Past(random, session, parent, now);
    }

    private static ScheduledSession ToCome(SampleRandom random, ScheduledSession session, PersonId parent) => random.Between(1, 100) switch
    {
        <= 4 => session.Decline(PupilsNo(session)).Value,
        <= 8 => Cancelled(session),
        <= 35 => session,
        _ => Agreed(session, parent),
    };

    private static ScheduledSession Running(SampleRandom random, ScheduledSession session, PersonId parent, Instant now)
    {
        var placed = Placed(Agreed(session, parent));
        return random.Chance(0.8) ? placed.Join(DeviceOf(session), session.Window.Start).Value.OnTime(now, Rules).Session : placed;
    }

    private static ScheduledSession Past(SampleRandom random, ScheduledSession session, PersonId parent, Instant now) => random.Between(1, 100) switch
    {
        <= 6 => session.Decline(PupilsNo(session)).Value,
        <= 12 => Cancelled(session),
        <= 15 => Over(session),
        <= 17 => Over(Agreed(session, parent)),
        <= 20 => Over(Placed(Agreed(session, parent))),
        _ => LookedBackOn(random, Held(random, Placed(Agreed(session, parent))), now),
    };

    private static ScheduledSession Held(SampleRandom random, ScheduledSession placed)
    {
        var window = placed.Window;
        var joined = placed.Join(DeviceOf(placed), window.Start + Duration.FromSeconds(random.Between(0, 180))).Value;
        if (random.Chance(0.3))
        {
            var from = window.Start + Duration.FromMinutes(random.Between(4, 8));
            var reason = random.Pick(Enum.GetValues<PauseReason>());
            joined = joined.Pause(reason, from).Value.Resume(reason, from + Duration.FromSeconds(random.Between(20, 200))).Value;
        }

        return random.Between(1, 100) switch
        {
            <= 9 => joined.Leave(window.Start + Duration.FromMinutes(random.Between(12, 14)), Rules).Value,
            <= 40 => joined.Leave(window.End - Duration.FromMinutes(2), Rules).Value,
            <= 46 => joined.End(new Act(placed.Booked.KeyAdult, window.End - Duration.FromMinutes(4))).Value,
            <= 48 => joined.BreakOff("The robot's battery was empty", window.Start + Duration.FromMinutes(13)).Value,
            _ => Over(joined),
        };
    }

    private static ScheduledSession LookedBackOn(SampleRandom random, ScheduledSession ended, Instant now)
    {
        var at = Instant.Min(now, ended.Window.End + Duration.FromMinutes(10));
        if (random.Chance(0.6)) ended = ended.Reflect(new Reflection.OfPupil(ended.Booked.Pupil, at, "It went well.", IsShared: random.Chance(0.5))).Value;
        return random.Chance(0.4) ? ended.Reflect(new Reflection.OfStaff(ended.Booked.KeyAdult, at)).Value : ended;
    }

    private static ScheduledSession Agreed(ScheduledSession session, PersonId parent)
    {
        var at = AnswerAt(session);
        var agreed = session.Agree(new Agreement(session.Booked.Pupil.ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(session.Id), at, AgreementManner.Page)).Value;
        return session.Booked.AsksParent
            ? agreed.Agree(new Agreement(parent.ToString(), AgreementCapacity.Parent, new AgreedTo.Session(session.Id), at, AgreementManner.Call)).Value
            : agreed;
    }

    private static ScheduledSession Placed(ScheduledSession agreed) => agreed.Place(
        new RobotCheck(agreed.Booked.RobotName, BatteryLasts: true, WifiHolds: true, SoundIsHeard: true),
        new StationedRobot(agreed.Booked.RobotName, agreed.Booked.School),
        new Act(agreed.Booked.Carrier, agreed.Window.Start - Rules.ReadyBefore), Rules).Value;

    private static ScheduledSession Cancelled(ScheduledSession session) =>
        session.Cancel(new Act(session.Booked.KeyAdult, AnswerAt(session), "The class is on a trip that day.")).Value;

    private static ScheduledSession Over(ScheduledSession session) => session.OnTime(session.Window.End, Rules).Session;

    private static SaidNo PupilsNo(ScheduledSession session) =>
        new(session.Booked.Pupil.ToString(), AgreementCapacity.Pupil, AnswerAt(session), AgreementManner.Page);

    private static Instant AnswerAt(ScheduledSession session) => session.History.Proposed.At + Duration.FromHours(3);

    private static string DeviceOf(ScheduledSession session) => $"sample-{session.Booked.Pupil.Value:N}";
}
