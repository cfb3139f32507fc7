using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Privacy;

internal sealed class DeletionEvidenceRow : RecordRow;
