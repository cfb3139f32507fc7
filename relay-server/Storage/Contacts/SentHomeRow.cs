using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Contacts;

internal sealed class SentHomeRow : PupilRecordRow;
