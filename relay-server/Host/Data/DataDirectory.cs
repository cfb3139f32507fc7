using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using AV1Relay.Api.Certificates;
using AV1Relay.Api.Tokens;
using AV1Relay.RelayServer.Commands;
using AV1Relay.Storage.Databases;

namespace AV1Relay.RelayServer.Data;

/// <summary>The folder with everything that the relay keeps: database, keys, certificates. Only its owner reads it.</summary>
internal sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;
    private readonly string _path;

    private DataDirectory(string path) => _path = path;

    public string Path => _path;

    public string DatabaseFile => File("relay.db");

    public string AuditHeadsFile => File("audit.heads");

    /// <summary>For the keys that seal the staff's cookies and invitations. A backup has none of them: after a restore people sign in again.</summary>
    public DirectoryInfo SealingKeys => NewFolder("sealing-keys");

    /// <summary>What a backup has besides the database; each made when it is first needed.</summary>
    public IReadOnlyList<string> KeptFiles => [File("authority.pem"), File("token-key.pem"), File("domain-key.pem"), AuditHeadsFile];

    /// <summary>PostgreSQL where <c>relay-server database</c> has noted one, else the file in this folder.</summary>
    public RelayDatabase Database => System.IO.File.Exists(PostgresFile)
        ? new RelayDatabase.Postgres(System.IO.File.ReadAllText(PostgresFile).Trim())
        : new RelayDatabase.Sqlite(DatabaseFile);

    /// <summary>Which database that is, in words without a password.</summary>
    public string DatabaseName => Database is RelayDatabase.Sqlite sqlite ? sqlite.File : $"PostgreSQL as noted in {PostgresFile}";

    /// <summary>There while a restore is not finished: what is in the folder is not whole yet.</summary>
    public string UnfinishedRestoreFile => File("restore.unfinished");

    /// <summary>There after a restore, until somebody has run retention by hand: holds placed after the backup are not in it.</summary>
    public string RetentionWaitsFile => File("retention.waits");

    private string PostgresFile => File("postgres.connection");

    private string File(string name) => System.IO.Path.Combine(_path, name);

    /// <summary>Opens the folder, or makes it. Keys are made when they are first asked for.</summary>
    /// <exception cref="CommandException">It can't be used; in words.</exception>
    public static DataDirectory Open(string path)
    {
        var directory = new DataDirectory(System.IO.Path.GetFullPath(path));
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory.Path);
            else
                directory.OpenPrivately();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{directory.Path} can't be used as the relay's data: {failure.Message} Choose another --data.");
        }

        return directory;
    }

    /// <summary>Null when nothing has ever been kept there.</summary>
    public static DataDirectory? OpenExisting(string path)
    {
        var directory = new DataDirectory(System.IO.Path.GetFullPath(path));
        return System.IO.File.Exists(directory.DatabaseFile) || System.IO.File.Exists(directory.PostgresFile) ? directory : null;
    }

    /// <summary>Notes which PostgreSQL database this relay uses from now on; readable by its owner only, since it may hold a password.</summary>
    public void UsePostgres(string connectionString)
    {
        var draft = $"{PostgresFile}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        using (var writer = new StreamWriter(OpenFile(draft, FileMode.CreateNew)))
            writer.WriteLine(connectionString);
        System.IO.File.Move(draft, PostgresFile, overwrite: true);
    }

    /// <summary>What was noted of the file's own audit stays beside that file: another database has another record.</summary>
    public void LeaveAuditHeads()
    {
        if (Database is RelayDatabase.Sqlite && System.IO.File.Exists(AuditHeadsFile))
            System.IO.File.Move(AuditHeadsFile, $"{DatabaseFile}.audit.heads", overwrite: true);
    }

    /// <summary>A folder inside this one for work that goes on; whoever makes it deletes it.</summary>
    public string NewWorkFolder(string name)
    {
        ClearWorkFolders(name);
        return NewFolder($"{name}-{Environment.ProcessId}").FullName;
    }

    /// <summary>Deletes what work that was killed has left behind.</summary>
    public void ClearWorkFolders(string name)
    {
        foreach (var folder in Directory.EnumerateDirectories(_path, $"{name}-*"))
        {
            var process = folder[(folder.LastIndexOf('-') + 1)..];
            if (int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && (id == Environment.ProcessId || !IsRunning(id)))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return !running.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private DirectoryInfo NewFolder(string name) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(File(name)) : Directory.CreateDirectory(File(name), OwnerFolder);

    /// <summary>Held while a server runs, so that a second one on the same data refuses to start.</summary>
    /// <exception cref="CommandException">Another one runs.</exception>
    public FileStream Lock()
    {
        try
        {
            return OpenFile(File("relay.lock"), FileMode.OpenOrCreate);
        }
        catch (IOException)
        {
            throw new CommandException($"Another relay-server is serving {_path}: stop it, or choose another --data.");
        }
    }

    public TokenKey TokenKey() => Load("token-key.pem", TokenKeyPem, Api.Tokens.TokenKey.FromPem);

    public DomainKey DomainKey() => Load("domain-key.pem", DomainKeyPem, Api.Certificates.DomainKey.FromPem);

    public CertificateAuthority Authority(DateTimeOffset now) => Load("authority.pem", () => AuthorityPem(now), CertificateAuthority.FromPem);

    private static string TokenKeyPem()
    {
        using var key = Api.Tokens.TokenKey.Generate();
        return key.ToPem();
    }

    private static string DomainKeyPem()
    {
        using var key = Api.Certificates.DomainKey.Generate();
        return key.ToPem();
    }

    private static string AuthorityPem(DateTimeOffset now)
    {
        using var authority = CertificateAuthority.Create(now);
        return authority.ToPem();
    }

    /// <summary>Only its owner can read what is made by this.</summary>
    public static FileStream OpenFile(string file, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(file, options);
    }

    /// <summary>Reads a file of a key, or makes it: whole or not at all, also when two programs begin at once.</summary>
    private T Load<T>(string name, Func<string> create, Func<string, T> read)
    {
        var file = File(name);
        try
        {
            if (!System.IO.File.Exists(file))
            {
                var draft = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
                using (var writer = new StreamWriter(OpenFile(draft, FileMode.CreateNew)))
                    writer.Write(create());
                MoveUnlessThere(draft, file);
            }

            return read(System.IO.File.ReadAllText(file));
        }
        catch (CryptographicException damaged)
        {
            throw new CommandException($"{file} is damaged: {damaged.Message} Restore it from a backup.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandException($"{file} can't be read: run relay-server as the user who owns {_path}.");
        }
    }

    private static void MoveUnlessThere(string draft, string file)
    {
        try
        {
            System.IO.File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (System.IO.File.Exists(file))
        {
            System.IO.File.Delete(draft); // another program was faster: its key counts
        }
    }

    private void OpenPrivately()
    {
        if (OperatingSystem.IsWindows())
            return;
        if (!Directory.Exists(_path))
        {
            Directory.CreateDirectory(_path, OwnerFolder);
            return;
        }

        // Somebody else's folder, given by mistake, keeps its rights; ours is made tight again.
        if (System.IO.File.Exists(DatabaseFile) || System.IO.File.Exists(PostgresFile) || !Directory.EnumerateFileSystemEntries(_path).Any())
            System.IO.File.SetUnixFileMode(_path, OwnerFolder);
    }
}
