namespace AV1Relay.Storage.Databases;

/// <summary>Tells whether the database may have been written to, by any process, since the last question. Cheap: touches no table.</summary>
internal interface IDataVersion
{
    /// <returns>Another number than before when anything may have been committed since.</returns>
    ValueTask<long> ReadAsync(CancellationToken cancellationToken);
}
