using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Attend;

internal sealed class AttendProfileRow : PupilRecordRow;
