using System.IO.Compression;
using System.Security.Cryptography;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.People;
using Microsoft.AspNetCore.DataProtection;

namespace AV1Relay.StaffConsole.Calendars;

/// <summary>A file that waits in the page between its preview and the confirmation: sealed for one person and school, and kept nowhere else.</summary>
internal sealed class SealedFile(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);

    public string Seal(byte[] file, Caller caller, SchoolId school)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(BitConverter.GetBytes(time.GetUtcNow().Add(GoodFor).UtcTicks));
            gzip.Write(file);
        }

        return Convert.ToBase64String(ProtectorOf(caller, school).Protect(packed.ToArray()));
    }

    /// <summary>Null: it was not sealed for them, or too long ago.</summary>
    public byte[]? Open(string? text, Caller caller, SchoolId school)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(ProtectorOf(caller, school).Unprotect(Convert.FromBase64String(text ?? ""))), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            gzip.CopyTo(unpacked); // it was this small when it was sealed
            var bytes = unpacked.ToArray();
            return BitConverter.ToInt64(bytes) > time.GetUtcNow().UtcTicks ? bytes[sizeof(long)..] : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(Caller caller, SchoolId school) =>
        protection.CreateProtector("calendar file", caller.Who.ToString(), school.ToString());
}
