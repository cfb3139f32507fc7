namespace AV1Relay.StaffConsole.Forms;

/// <summary>What is wrong with a form: shown together at the top, and each beside its field.</summary>
public sealed class FormErrors
{
    private readonly List<FormError> _errors = [];

    public IReadOnlyList<FormError> All => _errors;

    public bool Any => _errors.Count > 0;

    /// <summary>Somebody else has changed what the form is about since it was opened.</summary>
    public bool OthersChangedIt { get; private set; }

    /// <param name="field">The field's name; null: of the form as a whole.</param>
    /// <param name="text">What is wrong and what to do.</param>
    public void Add(string? field, string text) => _errors.Add(new FormError(field, text));

    /// <summary>Why the domain refused it.</summary>
    /// <param name="refusals">All of them are told.</param>
    /// <param name="beside">The field beside which a refusal of that code stands; any other is of the form as a whole.</param>
    public void Add(IEnumerable<AV1Relay.Domain.Refusals.Refusal> refusals, params IReadOnlyCollection<(string Code, string Field)> beside)
    {
        ArgumentNullException.ThrowIfNull(refusals);
        foreach (var refusal in refusals)
        {
            OthersChangedIt |= refusal == AV1Relay.Domain.Records.RecordRefusals.ChangedMeanwhile;
            Add(beside.FirstOrDefault(field => field.Code == refusal.Code).Field, refusal.ToString());
        }
    }

    /// <summary>Adds an error where nothing was typed.</summary>
    /// <returns>Whether something was.</returns>
    public bool Require(string field, string? value, string text)
    {
        if (!string.IsNullOrWhiteSpace(value)) return true;
        Add(field, text);
        return false;
    }

    internal string? Of(string field) => _errors.Find(error => error.Field == field)?.Text;
}

/// <param name="Field">Null: of the form as a whole.</param>
public sealed record FormError(string? Field, string Text);
