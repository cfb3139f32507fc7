using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Referrals;

internal sealed class MissedSessionsRow : PupilRecordRow;
