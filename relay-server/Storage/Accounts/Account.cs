using Microsoft.AspNetCore.Identity;

namespace AV1Relay.Storage.Accounts;

/// <summary>How an adult signs in; who they are and what they may do stands elsewhere, under their id.</summary>
/// <remarks><see cref="IdentityUser{TKey}.Id"/> is the person's id. The user name is the e-mail address that they sign in with.</remarks>
public sealed class Account : IdentityUser<Guid>;
