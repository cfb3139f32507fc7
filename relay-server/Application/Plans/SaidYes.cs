using AV1Relay.Domain.Agreements;

namespace AV1Relay.Application.Plans;

/// <summary>Somebody said yes elsewhere, and it is written down for them now.</summary>
/// <param name="Words">May be empty.</param>
public sealed record SaidYes(AgreementManner Manner, string Words)
{
    public override string ToString() => nameof(SaidYes);
}
