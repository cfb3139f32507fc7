namespace AV1Relay.Domain.Access;

/// <summary>In what capacity an adult uses the system.</summary>
/// <remarks>
/// Stored by name. The pupil has no role: the device that is bound to them opens their own sessions, ratings and curve, and nothing else.
/// </remarks>
public enum Role
{
    /// <summary>Looks after people, roles and settings; never reads what stands in a plan.</summary>
    Administrator,

    EducationalPsychologist,

    /// <summary>The SENDCo, or the lead whom the school names.</summary>
    Sendco,

    /// <summary>Keeps regular contact with the pupil of one plan.</summary>
    KeyAdult,

    /// <summary>Has the lesson; by the school's sign-in, or for a day by a room link.</summary>
    Teacher,

    /// <summary>Looks after robots and rooms; never sees a plan or a pupil.</summary>
    Technician,

    /// <summary>A parent or carer of the pupil of one plan.</summary>
    Parent,

    /// <summary>Somebody outside the school, CAMHS for instance, who reads one plan for a time (domain rule 9).</summary>
    ExternalProfessional,
}
