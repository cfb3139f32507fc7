using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Contacts;

internal sealed class ContactLogRow : PupilRecordRow
{
    public LocalDate NextDue { get; set; }
}
