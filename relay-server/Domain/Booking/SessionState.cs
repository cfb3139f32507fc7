namespace AV1Relay.Domain.Booking;

/// <summary>Where a session stands in its life.</summary>
public enum SessionState
{
    /// <summary>Booked by staff; the pupil, or a parent where that is asked, has still to agree.</summary>
    Proposed,

    Agreed,

    /// <summary>The robot stands in its place and has been checked.</summary>
    Ready,

    Live,
    Ended,

    /// <summary>Somebody looked back on it, or chose not to.</summary>
    Reflected,

    /// <summary>The pupil or a parent would rather not.</summary>
    Declined,

    /// <summary>Staff called it off.</summary>
    Cancelled,

    /// <summary>Its time went by without it; nobody's fault is meant by that.</summary>
    Missed,
}
