namespace AV1Relay.Tests.Simulation.Runs;

/// <summary>What single scenarios promise beyond what all do.</summary>
internal static class Judgements
{
    private const double MostConcealed = 0.01;
    private const double MostMissed = 0.01;

    /// <summary>No link lost anything, so nobody missed or repeated anything, and nearly no sound had to be bridged.</summary>
    public static void NothingWasLost(World world)
    {
        PicturesAreWhole(world);
        foreach (var participant in world.Participants)
        {
            if (participant.Current is not { } end) continue;
            if (end.Picture is { } picture && picture.Nacks.Recovered + picture.Nacks.GivenUp > 0) world.Complain($"{participant.Name} asked for packets again");
            foreach (var sound in end.Sounds)
            {
                if (sound.Bridged > MostConcealed * sound.Played) world.Complain($"{participant.Name}: {sound.Bridged} pieces of sound bridged, {sound.Played} played");
            }
        }
    }

    /// <summary>All that was lost came as a repeat, but what a keyframe made needless: nearly every frame was shown.</summary>
    public static void PicturesAreWhole(World world)
    {
        foreach (var participant in world.Participants)
        {
            if (participant.Current?.Picture is not { } picture) continue;
            if (picture.Nacks.GivenUp > MostMissed * picture.Stream.Received) world.Complain($"{participant.Name}: {picture.Nacks.GivenUp} packets of the picture never came");
            if (picture.FramesMissed > MostMissed * picture.FramesShown)
                world.Complain($"{participant.Name}: {picture.FramesMissed} frames were not shown, {picture.FramesShown} were");
            if (picture.Stream.Lost > 20 && picture.Stream.ReceivedAsRepeats == 0) world.Complain($"{participant.Name}: nothing was repeated");
        }
    }

    public static void NumbersRanOver(World world)
    {
        foreach (var stream in world.Participants.SelectMany(participant => participant.Subscribed))
        {
            if (stream.HighestNumber < 0x1_0000) world.Complain($"a stream's numbers reached {stream.HighestNumber} only: the scenario shows nothing");
        }
    }

    /// <summary>The run was one in which replays could have been accepted.</summary>
    public static void CopiesWereMade(World world)
    {
        if (world.ReplaysRefused < 100) world.Complain($"only {world.ReplaysRefused} copies were refused: the scenario shows nothing");
    }
}
