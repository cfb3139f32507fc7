using AV1Relay.Domain.Settings;

namespace AV1Relay.Domain.Records;

/// <summary>One authority's settings; there is one authority in a database.</summary>
public interface ISettingsRecords
{
    /// <summary>Null until they are first changed: then the defaults hold.</summary>
    Task<Kept<AuthoritySettings>?> FindAsync(CancellationToken cancellationToken);

    void Add(AuthoritySettings settings);

    void Replace(Kept<AuthoritySettings> kept, AuthoritySettings next);
}
