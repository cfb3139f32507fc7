using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using AV1Relay.RelayServer.Commands;
using AV1Relay.RelayServer.Data;
using AV1Relay.Storage.Databases;

namespace AV1Relay.RelayServer.Backup;

/// <summary>Everything that a relay keeps, in one file: a gzipped tar of the database's copy, keys, certificates and the audit's noted heads.</summary>
internal static class BackupFile
{
    private const string SqliteCopy = "relay.db";
    private const string PostgresCopy = "relay.pgdump";

    /// <summary>Whole or not at all; beside a running server too.</summary>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="CommandException">It can't be made; in words.</exception>
    public static async Task<long> WriteAsync(DataDirectory directory, string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file)) throw new CommandException($"{file} is there already: choose another --file, or delete it.");
        var work = directory.NewWorkFolder("backup");
        // Nobody can have put something of their own there.
        var draft = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.part";
        try
        {
            // Keys and heads first: what the copy of the database has beyond the noted heads is no fault, the reverse would be.
            var kept = directory.KeptFiles.Where(File.Exists).ToList();
            foreach (var one in kept) File.Copy(one, Path.Combine(work, Path.GetFileName(one)));
            var copy = Path.Combine(work, directory.Database is RelayDatabase.Sqlite ? SqliteCopy : PostgresCopy);
            await DatabaseCopy.WriteAsync(directory.Database, copy, cancellationToken);
            await using (var stream = DataDirectory.OpenFile(draft, FileMode.CreateNew))
            await using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
            {
                await TarFile.CreateFromDirectoryAsync(work, gzip, includeBaseDirectory: false, cancellationToken);
            }

            File.Move(draft, file, overwrite: false);
            return new FileInfo(file).Length;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DatabaseException)
        {
            throw new CommandException($"The backup was not made: {failure.Message}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
            if (File.Exists(draft)) File.Delete(draft); // its folder may not be there
        }
    }

    /// <summary>Into a folder that has no data yet; with PostgreSQL, into the empty database that it has noted.</summary>
    /// <remarks>Leaves <see cref="DataDirectory.UnfinishedRestoreFile"/>: whoever calls it does the rest, and takes that away.</remarks>
    /// <exception cref="CommandException">It can't be restored; in words.</exception>
    public static async Task ReadAsync(DataDirectory directory, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new CommandException($"There is no {file}: look at --file.");
        if (directory.KeptFiles.FirstOrDefault(File.Exists) is { } there || File.Exists(there = directory.DatabaseFile))
            throw new CommandException($"{there} is there already, and is not written over: choose an empty --data.");

        var work = directory.NewWorkFolder("restore");
        try
        {
            await using (var stream = File.OpenRead(file))
            await using (var gzip = new GZipStream(stream, CompressionMode.Decompress))
            {
                await TarFile.ExtractToDirectoryAsync(gzip, work, overwriteFiles: false, cancellationToken); // refuses names that lead outside
            }

            var isSqlite = directory.Database is RelayDatabase.Sqlite;
            var copy = Path.Combine(work, isSqlite ? SqliteCopy : PostgresCopy);
            if (!File.Exists(copy)) throw new CommandException(WrongDatabase(isSqlite, work));
            await File.WriteAllTextAsync(directory.UnfinishedRestoreFile, file, cancellationToken);
            await DatabaseCopy.ReadAsync(directory.Database, copy, cancellationToken);
            foreach (var kept in directory.KeptFiles)
            {
                var saved = Path.Combine(work, Path.GetFileName(kept));
                if (File.Exists(saved)) File.Move(saved, kept, overwrite: false);
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or DatabaseException)
        {
            throw new CommandException($"{file} was not restored: {failure.Message}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static string WrongDatabase(bool isSqlite, string work)
        => isSqlite && File.Exists(Path.Combine(work, PostgresCopy))
            ? "This backup is of a PostgreSQL database: make an empty one, say so with 'relay-server database --postgres', then restore."
            : !isSqlite && File.Exists(Path.Combine(work, SqliteCopy))
                ? "This backup is of a relay without PostgreSQL: restore it into a folder that has noted none."
                : "This is no backup of a relay: it has no database in it.";
}
