namespace AV1Relay.Hardware.Audio;

/// <summary>When the teacher of the virtual classroom says which syllable. Voice and moving mouth both follow it, so they agree.</summary>
/// <remarks>A loop of <see cref="LoopSeconds"/>, the same in every process; its clock is the wall clock.</remarks>
internal static class TeacherSpeech
{
    public const double LoopSeconds = 24;

    private static readonly Syllable[] Syllables = Compose();

    /// <param name="Start">Seconds into the loop.</param>
    /// <param name="Length">Seconds.</param>
    /// <param name="Vowel">Index into the voice's vowel table.</param>
    /// <param name="Pitch">Factor on the voice's pitch: falls through a sentence, rises at the end of a question.</param>
    /// <param name="Stress">0…1.</param>
    /// <param name="HasHiss">Starts with s, sh, f or t rather than softly.</param>
    internal readonly record struct Syllable(double Start, double Length, int Vowel, double Pitch, double Stress, bool HasHiss)
    {
        public double End => Start + Length;
    }

    public static ReadOnlySpan<Syllable> All => Syllables;

    /// <summary>How far the mouth is open, 0…1, at a time in seconds (any, it loops).</summary>
    public static double MouthOpening(double seconds)
    {
        var at = seconds % LoopSeconds;
        foreach (var syllable in Syllables)
        {
            if (at >= syllable.Start && at < syllable.End)
            {
                return Math.Sin(Math.PI * (at - syllable.Start) / syllable.Length) * (0.6 + (0.4 * syllable.Stress));
            }
        }

        return 0;
    }

    private static Syllable[] Compose()
    {
        var random = new Random(20); // a fixed seed: the same lesson everywhere
        var syllables = new List<Syllable>();
        var at = 0.5;
        while (at < LoopSeconds - 3)
        {
            var count = random.Next(6, 11);
            var isQuestion = random.Next(4) == 0;
            for (var i = 0; i < count && at < LoopSeconds - 0.5; i++)
            {
                var progress = (double)i / (count - 1);
                var isLast = i == count - 1;
                var stress = i % 3 == 1 || isLast ? 1 : random.NextDouble() * 0.5;
                var length = 0.13 + (0.07 * stress) + (isLast ? 0.08 : 0);
                var pitch = 1.12 - (0.24 * progress) + (0.06 * stress) + (isQuestion && isLast ? 0.3 : 0);
                syllables.Add(new(at, length, random.Next(TeacherVoice.VowelCount), pitch, stress, random.Next(3) == 0));
                at += length + 0.03 + (random.NextDouble() * 0.03);
            }

            at += 0.6 + (random.NextDouble() * 0.7); // breath
        }

        return [.. syllables];
    }
}
