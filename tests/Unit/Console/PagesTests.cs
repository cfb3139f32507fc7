using System.Reflection;
using AV1Relay.StaffConsole;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace AV1Relay.Tests.Unit.Console;

/// <summary>What holds of each page of the staff.</summary>
public sealed class PagesTests
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Of other types, an address that can't be read ends in an error of the server: see <see cref="StaffConsole.Forms.Queried"/>.</summary>
    [Fact]
    public void A_page_takes_text_from_the_query_and_nothing_else()
    {
        var taken = Taken<SupplyParameterFromQueryAttribute>();

        Assert.NotEmpty(taken);
        Assert.Empty(taken.Where(property => property.PropertyType != typeof(string)).Select(NameOf));
    }

    private static List<PropertyInfo> Taken<T>()
        where T : Attribute =>
        [.. typeof(ConsoleServices).Assembly.GetTypes().SelectMany(type => type.GetProperties(Own)).Where(property => property.GetCustomAttribute<T>() is not null)];

    private static string NameOf(PropertyInfo property) => $"{property.DeclaringType?.Name}.{property.Name} is {property.PropertyType.Name}";
}
