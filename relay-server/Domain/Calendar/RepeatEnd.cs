using System.Text.Json.Serialization;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>When a repeat ends.</summary>
/// <remarks>The names that it is stored under stay as they are.</remarks>
[JsonDerivedType(typeof(Until), "until")]
[JsonDerivedType(typeof(Times), "times")]
public abstract record RepeatEnd
{
    private RepeatEnd()
    {
    }

    /// <param name="LastDate">Still part of it.</param>
    public sealed record Until(LocalDate LastDate) : RepeatEnd;

    /// <param name="Count">Slots that take place; those on closed days don't count.</param>
    public sealed record Times(int Count) : RepeatEnd;
}
