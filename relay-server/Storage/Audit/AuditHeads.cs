using System.Text;

namespace AV1Relay.Storage.Audit;

/// <summary>Number and hash of each new entry, kept outside the database: a chain whose newest entries were cut off, or that was written anew, does not fit to it.</summary>
/// <remarks>
/// A text file that is only appended to, a line a piece of work: several processes write it, so that lines are nearly in order. Every line
/// counts for good: once entries were cut off and others written in their place, there are two lines of one number, and one of them fits to
/// no entry. A last line that a crash left half written does not count, and the next entry begins a line of its own. Whoever can change both
/// the database and this file can still cut; send the file's lines elsewhere for that.
/// </remarks>
internal sealed class AuditHeads(string file)
{
    private const int MostAttempts = 100_000;
    private const int BlockBytes = 256 << 10;
    private const int TailBytes = 1 << 10; // of a dozen lines, the last of which may be half written

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
        var line = $"{new AuditNote(number, hash.ToArray())}\n";
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

    /// <summary>To be called where there are entries and the file is gone: from then on nobody can tell whether some were cut off.</summary>
    /// <param name="number">The newest entry that is there.</param>
    public void NoteLoss(long number) => Note(number, AuditChain.Start);

    /// <summary>How much of it there is now; null when nothing was ever noted, or the file was taken away.</summary>
    public long? Length => File.Exists(file) ? new FileInfo(file).Length : null;

    /// <summary>What was noted last; null when nothing can be read.</summary>
    /// <remarks>Two processes may have swapped their lines: it may be older than the newest, never newer.</remarks>
    public AuditNote? ReadLast() => Length is { } end ? Read(Math.Max(0, end - TailBytes), end).LastOrDefault() : null;

    /// <summary>All notes in the order of the file, up to where it ended.</summary>
    /// <param name="end">A <see cref="Length"/>.</param>
    public IEnumerable<AuditNote> ReadUpTo(long end) => Read(0, end);

    private IEnumerable<AuditNote> Read(long from, long end)
    {
        var rest = "";
        while (from < end)
        {
            var block = ReadBlock(from, (int)Math.Min(BlockBytes, end - from));
            from += block.Length;
            var lines = (rest + block).Split('\n');
            rest = lines[^1];
            foreach (var line in lines[..^1])
            {
                if (AuditNote.TryParse(line) is { } note) yield return note;
            }
        }

        if (AuditNote.TryParse(rest) is { } last) yield return last;
    }

    /// <summary>Has the file for so long as a writer has it: nobody waits until the whole is read.</summary>
    private string ReadBlock(long from, int length)
    {
        using var stream = OpenAlone(new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.None });
        stream.Seek(from, SeekOrigin.Begin);
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes); // a character a byte
    }

    /// <summary>One at a time, of all processes: each has the file for a line or a block, so that waiting is short.</summary>
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
}
