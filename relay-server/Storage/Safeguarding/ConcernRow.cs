using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Safeguarding;

/// <remarks><see cref="PupilRecordRow.PupilId"/> is all zeros where nobody knows whom it is about.</remarks>
internal sealed class ConcernRow : PupilRecordRow;
