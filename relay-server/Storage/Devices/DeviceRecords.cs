using System.Security.Cryptography;
using System.Text;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Devices;

internal sealed class DeviceRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<PupilDeviceRow, string, PupilDevice>(context, who, now)
{
    /// <remarks>Records have a UUID; a device has a word.</remarks>
    protected override Guid KeyOf(string id) => new(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));

    protected override string IdOf(PupilDevice record) => record.Id;

    protected override void Fill(PupilDeviceRow row, PupilDevice record) =>
        (row.PupilId, row.RecordedOn) = (record.Pupil.Value, (record.Unbound ?? record.Bound).At.InUtc().Date);
}
