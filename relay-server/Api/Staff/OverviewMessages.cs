using AV1Relay.Domain.Overview;
using NodaTime.Text;
using Wire = AV1Relay.Protos.V1;

namespace AV1Relay.Api.Staff;

/// <summary>What needs somebody.</summary>
internal static class OverviewMessages
{
    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    public static Wire.NeedsMeItem Write(OverviewItem item) => new()
    {
        PlanId = item.Need.Of.Plan.ToString(),
        Urgency = Write(item.Urgency),
        Due = Moment.Format(item.Due),
        Reason = item.Reason,
        NextStep = item.NextStep,
    };

    private static Wire.Urgency Write(Urgency urgency) => urgency switch
    {
        Urgency.Soon => Wire.Urgency.Soon,
        Urgency.Today => Wire.Urgency.Today,
        Urgency.Now => Wire.Urgency.Now,
        _ => throw new ArgumentOutOfRangeException(nameof(urgency)),
    };
}
