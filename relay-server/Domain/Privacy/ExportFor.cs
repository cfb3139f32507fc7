namespace AV1Relay.Domain.Privacy;

/// <summary>For whom a pupil's data is given out; that says what is in it.</summary>
public enum ExportFor
{
    /// <summary>The pupil and those who speak for them: everything (UK GDPR Art. 15 and 20).</summary>
    Family,

    /// <summary>Staff of the school: without ratings that the pupil did not share (domain rule 3), and without concerns (domain rule 10).</summary>
    School,
}
