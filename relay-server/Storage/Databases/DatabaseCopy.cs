using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AV1Relay.Storage.Databases;

/// <summary>A whole database as one file, taken at one moment while others go on writing.</summary>
/// <remarks>SQLite copies itself (VACUUM INTO). PostgreSQL's own programs do it for PostgreSQL: the package <c>postgresql-client</c>.</remarks>
public static class DatabaseCopy
{
    /// <exception cref="DatabaseException">It can't be copied; in words.</exception>
    public static async Task WriteAsync(RelayDatabase database, string file, CancellationToken cancellationToken)
    {
        switch (database)
        {
            case RelayDatabase.Sqlite sqlite:
                await CopySqliteAsync(sqlite.File, file, cancellationToken);
                break;
            case RelayDatabase.Postgres postgres:
                await RunAsync("pg_dump", postgres, ["--format=custom", "--no-owner", "--no-privileges", "--file", file], cancellationToken);
                break;
            default:
                throw new ArgumentException("A database of an unknown kind.", nameof(database));
        }
    }

    /// <summary>Puts a copy in the place of an empty database: for SQLite a file that is not there yet.</summary>
    /// <exception cref="DatabaseException">It can't be restored; in words. A PostgreSQL database is then as it was.</exception>
    public static async Task ReadAsync(RelayDatabase database, string file, CancellationToken cancellationToken)
    {
        switch (database)
        {
            case RelayDatabase.Sqlite sqlite:
                File.Copy(file, sqlite.File, overwrite: false);
                break;
            case RelayDatabase.Postgres postgres:
                await RefuseUsedAsync(postgres, cancellationToken);
                var name = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Database ?? "";
                // The tables may be there, empty: they make way.
                await RunAsync(
                    "pg_restore", postgres,
                    ["--single-transaction", "--exit-on-error", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--dbname", name, file], cancellationToken);
                break;
            default:
                throw new ArgumentException("A database of an unknown kind.", nameof(database));
        }
    }

    private static async Task CopySqliteAsync(string from, string to, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = from, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $file";
            command.Parameters.AddWithValue("$file", to);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqliteException failure)
        {
            throw new DatabaseException(failure.Message, failure);
        }
    }

    /// <summary>Whoever has used a database has left an entry in its audit.</summary>
    private static async Task RefuseUsedAsync(RelayDatabase.Postgres database, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            await using var look = source.CreateCommand("SELECT to_regclass('\"Audit\"') IS NOT NULL");
            if (await look.ExecuteScalarAsync(cancellationToken) is not true) return;
            await using var count = source.CreateCommand("SELECT EXISTS (SELECT FROM \"Audit\")");
            if (await count.ExecuteScalarAsync(cancellationToken) is true)
                throw new DatabaseException("The PostgreSQL database has been used, and is not written over: make an empty one.");
        }
        catch (NpgsqlException failure)
        {
            throw new DatabaseException(failure.Message, failure);
        }
    }

    private static async Task RunAsync(string program, RelayDatabase.Postgres database, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardInput = true };
        // By the environment: arguments are seen by every user of the machine.
        start.Environment["PGHOST"] = settings.Host;
        start.Environment["PGPORT"] = settings.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = settings.Database;
        start.Environment["PGUSER"] = settings.Username;
        if (settings.Password is { Length: > 0 } password) start.Environment["PGPASSWORD"] = password;
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
            process.StandardInput.Close();
            var said = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {said.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new DatabaseException($"{program} is not installed: apt-get install postgresql-client.", missing);
        }
        catch (InvalidOperationException failure)
        {
            throw new DatabaseException(failure.Message, failure);
        }
    }
}
