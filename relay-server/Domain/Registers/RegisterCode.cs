namespace AV1Relay.Domain.Registers;

/// <summary>A code of the register as the table's source gives it.</summary>
/// <remarks>Always true: the letters are visible ASCII, in capitals; the meaning is said.</remarks>
public sealed record RegisterCode
{
    /// <param name="isPresence">Whether the source calls it a mark of presence; the well-known marks are, whatever is said here.</param>
    /// <exception cref="ArgumentException">No letters or no meaning, or letters that only look like the register's.</exception>
    public RegisterCode(string letters, string meaning, bool isPresence = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(letters);
        ArgumentException.ThrowIfNullOrWhiteSpace(meaning);
        if (letters.Any(letter => letter is <= ' ' or > '~')) throw new ArgumentException("A code is made of visible ASCII.", nameof(letters));
        (Letters, Meaning, IsPresence) = (letters.ToUpperInvariant(), meaning, isPresence || IsMarkOfPresence(letters));
    }

    public string Letters { get; }

    public string Meaning { get; }

    public bool IsPresence { get; }

    /// <summary>Present in the morning, in the afternoon or both, and late before the register closes: a slip in the table must not give these away.</summary>
    private static bool IsMarkOfPresence(string letters) => letters is "L" or "l" || letters.All(letter => letter is '/' or '\\');

    /// <summary>
    /// Taking part from elsewhere is absence, whatever was done: no mark of presence, and neither B, K, P nor W.
    /// SI 2024/208 reg. 10; DfE, <em>Providing remote education</em>, August 2024.
    /// </summary>
    public bool MayStandForRemote => !IsPresence && Letters is not ("B" or "K" or "P" or "W");
}
