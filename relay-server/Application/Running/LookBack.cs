using System.Collections.Immutable;

namespace AV1Relay.Application.Running;

/// <summary>What a pupil says of a session that is over. All of it may be missing.</summary>
/// <param name="Rating">0–10, how hard it was; null: skipped, or taken back.</param>
/// <param name="Line">One line in their words; may be empty.</param>
/// <param name="Shares">What adults may see of it; null: the pupil has not chosen yet, and adults see nothing.</param>
public sealed record LookBack(int? Rating, string Line, LookBackShared? Shares)
{
    public override string ToString() => nameof(LookBack);
}

/// <summary>The pupil has seen their curve with this in it, and chooses.</summary>
/// <param name="Rating">Their numbers: that from before too, where there is one.</param>
public sealed record LookBackShared(bool Rating, bool Line);

/// <summary>The pupil's own curve, for their eyes.</summary>
/// <param name="AtThisStep">How hard it was each time at this step, as far as they rated it; the earliest first.</param>
/// <param name="Before">How it felt before they came in today, 0–10; null: skipped.</param>
public sealed record PupilsCurve(ImmutableArray<int> AtThisStep, int? Before)
{
    public override string ToString() => nameof(PupilsCurve);
}
