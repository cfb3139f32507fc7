using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Settings;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Settings;

internal sealed class SettingsRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<AuthoritySettingsRow, Guid, AuthoritySettings>(context, who, now), ISettingsRecords
{
    private static readonly Guid Only = new(1, 0, 0, new byte[8]);

    public Task<Kept<AuthoritySettings>?> FindAsync(CancellationToken cancellationToken) => FindAsync(Only, cancellationToken);

    protected override Guid KeyOf(Guid id) => id;

    protected override Guid IdOf(AuthoritySettings record) => Only;

    protected override void Fill(AuthoritySettingsRow row, AuthoritySettings record)
    {
        // Nothing is asked for but the whole.
    }
}
