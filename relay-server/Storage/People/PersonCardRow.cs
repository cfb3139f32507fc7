using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.People;

internal sealed class PersonCardRow : RecordRow;
