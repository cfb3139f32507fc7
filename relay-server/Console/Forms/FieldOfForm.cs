using Microsoft.AspNetCore.Components;

namespace AV1Relay.StaffConsole.Forms;

/// <summary>What every field of a form has: a label, perhaps a hint, and what is wrong with it. All three are read out with it.</summary>
public abstract class FieldOfForm : ComponentBase
{
    /// <summary>Of the form's value, <c>Input.Email</c>; its id too.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required string Label { get; set; }

    [Parameter] public string? Hint { get; set; }

    [Parameter, EditorRequired] public required FormErrors Errors { get; set; }

    protected string? Error => Errors.Of(Name);

    /// <summary>For <c>aria-invalid</c>.</summary>
    protected string? Invalid => Error is null ? null : "true";

    /// <summary>For <c>aria-describedby</c>: the ids of hint and error, as far as there are any.</summary>
    protected string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => $"{Name}-hint",
        (null, _) => $"{Name}-error",
        _ => $"{Name}-hint {Name}-error",
    };
}
