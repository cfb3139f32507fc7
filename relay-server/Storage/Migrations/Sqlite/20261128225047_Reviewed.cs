using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AV1Relay.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Reviewed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "GoodFrom",
                table: "JoinCodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "SchoolId",
                table: "EnrolmentCodes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_JoinCodes_Session",
                table: "JoinCodes",
                column: "Session");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_JoinCodes_Session",
                table: "JoinCodes");

            migrationBuilder.DropColumn(
                name: "GoodFrom",
                table: "JoinCodes");

            migrationBuilder.DropColumn(
                name: "SchoolId",
                table: "EnrolmentCodes");
        }
    }
}
