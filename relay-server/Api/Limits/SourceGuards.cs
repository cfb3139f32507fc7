using AV1Relay.Api.Clock;

namespace AV1Relay.Api.Limits;

/// <summary>Who guesses pupils' codes and who guesses robots' are counted apart: a class that mistypes holds up no technician, and the other way round.</summary>
internal sealed class SourceGuards(RelayClock clock)
{
    public SourceGuard Joining { get; } = new(clock);

    public SourceGuard Enrolment { get; } = new(clock);
}
