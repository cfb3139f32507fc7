using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AV1Relay.Storage.Migrations.Postgres
{
    /// <summary>Whether pupils are named outside is each school's own setting, and off. The authority's, which no page could turn on, is gone from its document.</summary>
    public partial class NamesBySchool : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Text that people wrote can't look like this: its quotation marks are escaped.
            migrationBuilder.Sql("""UPDATE "AuthoritySettings" SET "Document" = replace(replace("Document", '"namesInFeeds":false,', ''), '"namesInFeeds":true,', '')""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // A document without it says that it is off.
        }
    }
}
