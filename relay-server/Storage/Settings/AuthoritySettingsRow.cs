using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Settings;

/// <summary>The only row of its table.</summary>
internal sealed class AuthoritySettingsRow : RecordRow;
