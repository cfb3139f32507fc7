using AV1Relay.WebRtc.Sockets;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Sockets;

public sealed class MediaThreadTests
{
    // proc(5), /proc/[pid]/stat, counted from the field behind the name
    private const int Nice = 16;
    private const int Policy = 38;

    [Fact]
    public void A_preferred_thread_goes_before_ordinary_ones_and_those_that_a_real_time_one_starts_do_not()
    {
        var (isPreferred, own, started) = (false, Array.Empty<string>(), Array.Empty<string>());
        var thread = new Thread(() =>
        {
            isPreferred = MediaThread.TryPrefer();
            own = ReadStat();
            var child = new Thread(() => started = ReadStat());
            child.Start();
            child.Join();
        });
        thread.Start();
        thread.Join();

        var isAhead = own[Policy] == "2" || own[Nice] == "-10"; // SCHED_RR
        Assert.Equal(isPreferred, isAhead); // who may not, is told so
        if (own[Policy] == "2") Assert.Equal(("0", "0"), (started[Policy], started[Nice]));
    }

    private static string[] ReadStat()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }
}
