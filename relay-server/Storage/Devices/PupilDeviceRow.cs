using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Devices;

internal sealed class PupilDeviceRow : PupilRecordRow;
