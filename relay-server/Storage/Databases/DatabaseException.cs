namespace AV1Relay.Storage.Databases;

/// <summary>The database can't be opened or brought up to date; the message says why, without its password.</summary>
public sealed class DatabaseException(string message, Exception? cause = null) : Exception(message, cause);
