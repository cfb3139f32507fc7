using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>One relay, one robot and one pupil who has joined.</summary>
public sealed class CallFixture : IAsyncLifetime
{
    public const double PupilToneHz = 523;
    public const double ClassroomToneHz = 880;

    public Classroom Classroom { get; private set; } = null!; // these three: set before the first test runs

    public RobotProcess Robot { get; private set; } = null!;

    public PupilPage Pupil { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Classroom = await Classroom.StartAsync();
        Robot = await Classroom.AddRobotAsync("lesson", ClassroomToneHz);
        Pupil = await PupilPage.LaunchAsync(PupilToneHz);
        await Pupil.JoinAsync(await Classroom.LinkAsync("lesson"), TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        var complaints = Pupil?.Console.Where(line => line.StartsWith("error", StringComparison.Ordinal)).ToList() ?? [];
        if (Pupil is not null) await Pupil.DisposeAsync();
        if (Classroom is not null) await Classroom.DisposeAsync();
        Assert.Empty(complaints); // after all tests: the page must not have complained on its console
    }
}
