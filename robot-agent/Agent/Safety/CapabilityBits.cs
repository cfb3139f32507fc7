using AV1Relay.Protos.V1;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>What a grant allows; anything not listed in it is off.</summary>
internal readonly record struct CapabilityBits(uint Bits)
{
    public static CapabilityBits Of(IEnumerable<Capability> granted)
    {
        var bits = 0u;
        foreach (var capability in granted)
        {
            // A capability from a later version means nothing here; it must not shift into another one's bit.
            if (Enum.IsDefined(capability) && capability != Capability.Unspecified) bits |= Bit(capability);
        }

        return new(bits);
    }

    public bool Has(Capability capability) => (Bits & Bit(capability)) != 0;

    private static uint Bit(Capability capability) => 1u << (int)capability;
}
