using System.Globalization;
using AV1Relay.Sfu;
using AV1Relay.Tests.Simulation.Network;

namespace AV1Relay.Tests.Simulation.Runs;

/// <summary>How many minutes of call one minute of CPU simulates: robot, relay and pupil at 300 kbit/s, everything encrypted.</summary>
internal static class Measurement
{
    private const int Rooms = 4;

    /// <summary>Prints the figure.</summary>
    /// <param name="arguments">Nothing, or simulated minutes.</param>
    public static int Run(string[] arguments)
    {
        var minutes = arguments is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 5;
        CallMinutesACpuMinute(1, out _, out _); // compiled
        var figure = CallMinutesACpuMinute(minutes, out var datagrams, out var cpu);
        Console.WriteLine(
            $"{Rooms * minutes} call-minutes in {cpu.TotalSeconds:F1} s of CPU: {figure:F0} call-minutes a CPU minute, "
            + $"{cpu.TotalMicroseconds / datagrams:F1} µs a datagram.");
        return 0;
    }

    public static double CallMinutesACpuMinute(int minutes, out long datagrams, out TimeSpan cpu)
    {
        var scenario = new Scenario("measured calls", TimeSpan.FromMinutes(minutes), world =>
        {
            var model = LinkModel.Good with { Loss = 0.01 };
            for (var room = 1; room <= Rooms; room++)
            {
                foreach (var role in new[] { PeerRole.Robot, PeerRole.Pupil })
                {
                    var participant = world.Add(role, room);
                    participant.Up.Model = participant.Down.Model = model;
                    world.StartAt(TimeSpan.Zero, participant);
                }
            }
        });
        var before = Environment.CpuUsage.TotalTime;
        var report = scenario.Run(seed: 1);
        cpu = Environment.CpuUsage.TotalTime - before;
        datagrams = report.Datagrams;
        if (report.ViolationCount > 0) throw new InvalidOperationException(report.Complaint);
        return Rooms * minutes / cpu.TotalMinutes;
    }
}
