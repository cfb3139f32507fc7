using System.Diagnostics.Metrics;

namespace AV1Relay.Api.Metrics;

/// <summary>The control plane's own counters; never tagged by session, robot or pupil.</summary>
public sealed class RelayMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "AV1Relay.Relay";

    private readonly Counter<long> _commands;
    private readonly Counter<long> _enrolments;
    private readonly Counter<long> _joins;
    private readonly Counter<long> _grants;
    private readonly Counter<long> _robotMessagesDropped;
    private readonly UpDownCounter<long> _robots;
    private readonly UpDownCounter<long> _watchers;

    public RelayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _commands = meter.CreateCounter<long>("commands", "{command}", "Pupils' commands by outcome");
        _enrolments = meter.CreateCounter<long>("enrolments", "{try}", "Tries to enrol a robot by outcome");
        _joins = meter.CreateCounter<long>("joins", "{try}", "Tries to use a pupil's code by outcome");
        _grants = meter.CreateCounter<long>("grants", "{grant}", "Grants by what became of them");
        _robotMessagesDropped = meter.CreateCounter<long>("robot_messages.dropped", "{message}", "Robots' messages beyond what is heard of a link");
        _robots = meter.CreateUpDownCounter<long>("robots.linked", "{robot}", "Robots whose control link is up");
        _watchers = meter.CreateUpDownCounter<long>("watchers", "{stream}", "Open streams of session state");
    }

    public void CommandJudged(string outcome) => _commands.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void EnrolmentTried(string outcome) => _enrolments.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void JoinTried(string outcome) => _joins.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void GrantHandled(string outcome) => _grants.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void RobotMessageDropped() => _robotMessagesDropped.Add(1);

    public void RobotLinked(int change) => _robots.Add(change);

    public void WatcherCounted(int change) => _watchers.Add(change);
}
