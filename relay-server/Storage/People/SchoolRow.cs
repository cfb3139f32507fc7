using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.People;

internal sealed class SchoolRow : RecordRow
{
    public string Name { get; set; } = "";
}
