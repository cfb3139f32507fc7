using NodaTime;

namespace AV1Relay.Domain.Registers;

/// <summary>Half a school day, as the register counts it. Not a session with the robot.</summary>
public readonly record struct RegistrationSession(LocalDate Date, RegistrationHalf Half);

public enum RegistrationHalf
{
    Morning,
    Afternoon,
}
