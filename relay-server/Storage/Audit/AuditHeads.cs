using System.Globalization;
using System.Text;

namespace AV1Relay.Storage.Audit;

/// <summary>Number and hash of each new entry, kept outside the database: a chain whose newest entries were cut off, or that was written anew, does not fit to it.</summary>
/// <remarks>
/// A text file that is only appended to, a line an entry: several processes write it, and the highest number counts. A last line that a crash left
/// half written does not, and the next entry begins a line of its own. Whoever can change both the database and this file can still cut; send the file's lines elsewhere for that.
/// </remarks>
internal sealed class AuditHeads(string file)
{
    private const int MostAttempts = 100_000;
    private const int TailBytes = 64 << 10; // of many lines, of which processes may have swapped a few

    /// <summary>
    /// To be called before the first entry is in the database: a process that dies between that entry and its note then doesn't look like one whose
    /// notes were taken away.
    /// </summary>
    public void NoteBeginning()
    {
        if (!File.Exists(file)) Note(0, AuditChain.Start);
    }

    /// <summary>To be called once the entry is in the database.</summary>
    public void Note(long number, ReadOnlySpan<byte> hash)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{number} {Convert.ToHexStringLower(hash)}\n");
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = OpenAlone(options);
        if (!EndsWithLine(stream)) line = '\n' + line;
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.ASCII.GetBytes(line));
    }

    private static bool EndsWithLine(FileStream stream)
    {
        if (stream.Length == 0) return true;
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }

    /// <summary>The newest entry that was noted; null when none ever was.</summary>
    public (long Number, byte[] Hash)? ReadNewest()
    {
        if (!File.Exists(file)) return null;
        using var stream = OpenAlone(new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.None });
        stream.Seek(-Math.Min(TailBytes, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        (long Number, byte[] Hash)? newest = null;
        while (reader.ReadLine() is { } line)
        {
            if (TryParse(line, out var number, out var hash) && !(newest?.Number > number)) newest = (number, hash);
        }

        return newest;
    }

    /// <summary>One at a time, of all processes: each has the file for a line's length, so that waiting is short.</summary>
    /// <exception cref="IOException">It can't be opened, or somebody keeps it.</exception>
    private FileStream OpenAlone(FileStreamOptions options)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(file, options);
            }
            catch (IOException) when (attempt < MostAttempts && File.Exists(file))
            {
                Thread.Yield();
            }
        }
    }

    private static bool TryParse(string line, out long number, out byte[] hash)
    {
        hash = [];
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !long.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            number = 0;
            return false;
        }

        hash = new byte[AuditChain.Start.Length];
        return Convert.FromHexString(line.AsSpan(space + 1), hash, out _, out var written) == System.Buffers.OperationStatus.Done && written == hash.Length;
    }
}
