using System.Security.Cryptography;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;

namespace AV1Relay.Application.Evaluation;

/// <summary>Makes the pseudonyms of one evaluation, with a key that nobody sees and that is gone with it.</summary>
internal sealed class Pseudonyms : IDisposable
{
    private const int Bytes = 12; // of pupils by the million, no two share one by chance

    private readonly HMACSHA256 _hash = new(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));

    public Pseudonym Of(PupilId pupil)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hash.TryComputeHash(pupil.Value.ToByteArray(), hash, out _);
        return new Pseudonym(Convert.ToBase64String(hash[..Bytes]));
    }

    public void Dispose() => _hash.Dispose();
}
