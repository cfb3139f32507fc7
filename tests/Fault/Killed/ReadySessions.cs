using AV1Relay.Application.Running;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Application;
using AV1Relay.Tests.Unit.Storage;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Fault.Killed;

/// <summary>Sessions that have just begun, each of a pupil of its own with a robot in its place and a code that nobody has used.</summary>
internal static class ReadySessions
{
    public const int Count = 60;

    public static string Code(int number) => $"code{number:D4}";

    public static async Task<bool> JoinAsync(RunningSessions running, int number) =>
        !(await running.JoinAsync(InventedSchool.Session(number), Code(number), $"tablet-{number}", InventedSchool.Morning, CancellationToken.None)).IsRefused;

    public static async Task AddAsync(TemporaryRelayStorage storage)
    {
        await using (var work = await storage.Get<IRecords>().BeginAsync(RelayItself.Who, InventedSchool.Morning, [Claim.OnAuthority], CancellationToken.None))
        {
            for (var number = 1; number <= Count; number++)
            {
                work.StationedRobots.Add(new StationedRobot(Robot(number), InventedSchool.Id));
                work.Sessions.Add(Ready(number));
            }

            Assert.Null(await work.CommitAsync(CancellationToken.None));
        }

        for (var number = 1; number <= Count; number++)
        {
            var code = new StoredJoinCode(
                Code(number), InventedSchool.Session(number).ToString(), InventedSchool.Morning + Duration.FromMinutes(15), InventedSchool.Morning + Duration.FromMinutes(50), null);
            Assert.True(await storage.Get<IJoinCodes>().TryAddAsync(code, CancellationToken.None));
        }
    }

    private static ScheduledSession Ready(int number)
    {
        var (pupil, id) = (InventedSchool.Pupil(number), InventedSchool.Session(number));
        var act = new Act(InventedSchool.KeyAdult.Who, InventedSchool.Morning - Duration.FromMinutes(10));
        var slot = new LocalSlot(InventedSchool.Monday, new LocalTime(7, 55), Duration.FromMinutes(55));
        var use = new BookedUse(
            InventedSchool.Id, pupil, InventedSchool.Plan(number), InventedSchool.Step(number), new CapabilitySet(Capability.See | Capability.Hear), AsksParent: false,
            Lesson: null, InventedSchool.Room, slot, InventedSchool.London, PupilLocation.Home, act.Who, Robot(number), act.Who);
        var yes = new Agreement(pupil.ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(id), act.At, AgreementManner.InPerson);
        return new ScheduledSession(id, use, new SessionHistory(act, [yes], new RobotPlacement(act)));
    }

    private static string Robot(int number) => $"robot-of-{number}";
}
