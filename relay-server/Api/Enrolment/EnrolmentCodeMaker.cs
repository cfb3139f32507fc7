using AV1Relay.Application.Fleet;
using AV1Relay.Domain.Robots;
using AV1Relay.Protos;
using NodaTime;

namespace AV1Relay.Api.Enrolment;

/// <inheritdoc/>
internal sealed class EnrolmentCodeMaker : IEnrolmentCodeMaker
{
    public StoredEnrolmentCode Make(Instant ends)
    {
        var code = EnrolmentCode.Generate();
        return new StoredEnrolmentCode(code.Id, code.Secret, ends, 0, null);
    }

    public string Print(StoredEnrolmentCode code) => new EnrolmentCode(code.Id, code.Secret).ToPrinted();
}
