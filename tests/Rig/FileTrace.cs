using System.Text.RegularExpressions;

namespace AV1Relay.Tests.Rig;

/// <summary>A file that a traced program opened with the right to write it.</summary>
public sealed record OpenedFile(string Path, string Flags);

/// <summary>Runs a program under strace, so that each file it opens is written down by the kernel's account, not the program's.</summary>
public static partial class FileTrace
{
    /// <param name="traceFile">Where strace writes; null runs the program untraced.</param>
    public static ChildProcess Start(string? traceFile, string name, string program, params IEnumerable<string> arguments)
        => traceFile is null
            ? ChildProcess.Start(name, program, arguments)
            // -D: the program stays our own child, so that it is the one that gets our signals.
            : ChildProcess.Start(name, "strace", ["-D", "-f", "--seccomp-bpf", "-qq", "-e", "trace=open,openat,openat2,creat", "-o", traceFile, program, .. arguments]);

    public static IEnumerable<OpenedFile> ReadOpenedForWriting(string traceFile) => ReadOpenedForWriting(File.ReadLines(traceFile));

    /// <param name="lines">What strace wrote. A call that another thread interrupted in the trace counts as opened: better one too many.</param>
    public static IEnumerable<OpenedFile> ReadOpenedForWriting(IEnumerable<string> lines)
        => from line in lines
           let call = OpenCall().Match(line)
           where call.Success && !call.Groups["result"].Value.StartsWith('-') && (IsCreat(line) || Writes().IsMatch(call.Groups["flags"].Value))
           select new OpenedFile(call.Groups["path"].Value, call.Groups["flags"].Value);

    [GeneratedRegex(@"(?:open|openat|openat2|creat)\((?:AT_FDCWD, |\d+(?:<[^>]*>)?, )?""(?<path>[^""]*)""(?:, (?<flags>.*?))?(?:\)\s+= (?<result>\S+).*| ?<unfinished \.\.\.>)$")]
    private static partial Regex OpenCall();

    private static bool IsCreat(string line) => line.Contains(" creat(", StringComparison.Ordinal); // always for writing

    [GeneratedRegex("O_WRONLY|O_RDWR|O_CREAT")]
    private static partial Regex Writes();
}
